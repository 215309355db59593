"""What is asked of a password."""

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError


def test_a_short_password_is_told_in_vietnamese() -> None:
    with pytest.raises(ValidationError) as refused:
        validate_password("mèo nhà")

    assert refused.value.messages == ["Mật khẩu cần ít nhất 10 ký tự. Một câu ngắn dễ nhớ là tốt nhất."]


def test_a_password_everybody_uses_is_refused_with_a_better_way() -> None:
    with pytest.raises(ValidationError) as refused:
        validate_password("1234567890")

    assert refused.value.messages == [
        "Mật khẩu này quá phổ biến nên dễ bị đoán. Hãy chọn mật khẩu khó đoán hơn, ví dụ ghép ba từ không liên quan."
    ]
