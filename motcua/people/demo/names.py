"""Invented Vietnamese names. Family, middle and given names are common; a person of that name would be a coincidence."""

from random import Random

FAMILY = (
    "Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Huỳnh", "Phan", "Võ", "Đặng", "Bùi", "Đỗ", "Hồ", "Ngô", "Dương", "Lý",
    "Trương", "Đinh", "Mai", "Cao", "Lương", "Hà", "Châu", "Thái", "Văn", "Tạ", "Đoàn", "Tống", "La", "Kiều", "Quách",
)  # fmt: skip
MIDDLE = {
    "female": ("Thị", "Thị Kim", "Thị Ngọc", "Thị Thanh", "Thị Bích", "Thị Thu", "Thị Mỹ", "Ngọc", "Diệu", "Khánh"),
    "male": ("Văn", "Đình", "Hữu", "Công", "Quang", "Minh", "Đức", "Viết", "Xuân", "Trọng", "Bá", "Gia"),
}
GIVEN = {
    "female": (
        "Lan", "Hoa", "Hương", "Hạnh", "Thảo", "Trâm", "Yến", "Nhi", "Vy", "Oanh", "Thủy", "Hà", "Ngân", "Quyên", "Châu",
        "Phương", "Diễm", "Loan", "Tuyết", "Xuân", "Ánh", "Giang", "Hiền", "Liên", "Mai", "Nga", "Trinh", "Uyên", "Hồng",
    ),
    "male": (
        "Bảo", "Cường", "Dũng", "Hải", "Hiếu", "Hòa", "Hùng", "Khang", "Kiên", "Lâm", "Long", "Lợi", "Nam", "Nghĩa",
        "Phong", "Phú", "Quân", "Sơn", "Tài", "Tâm", "Thắng", "Thành", "Toàn", "Trí", "Trung", "Tuấn", "Việt", "Vinh",
    ),
}  # fmt: skip


def invent_name(rng: Random) -> tuple[str, str]:
    """Return an invented full name and its gender: female, male."""
    gender = rng.choice(("female", "male"))
    middle, given = rng.choice(MIDDLE[gender]), rng.choice(GIVEN[gender])
    return f"{rng.choice(FAMILY)} {middle} {given}", gender
