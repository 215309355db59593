"""What agencies are in charge of, in words: a procedure finds the agency that resolves it by the subject both name."""

# fmt: off
SUBJECTS = {
    "agriculture":      "Nông nghiệp, môi trường, đất đai",
    "construction":     "Xây dựng, giao thông",
    "culture":          "Văn hóa, xã hội (cấp xã)",
    "culture_sport":    "Văn hóa, thể thao",
    "economy":          "Kinh tế, hạ tầng, đô thị (cấp xã)",
    "education":        "Giáo dục, đào tạo",
    "finance":          "Tài chính, đăng ký kinh doanh",
    "health":           "Y tế",
    "home":             "Nội vụ, lao động",
    "industry":         "Công thương",
    "justice":          "Tư pháp",
    "office":           "Văn phòng, hộ tịch (cấp xã)",
    "police":           "Công an",
    "science":          "Khoa học, công nghệ",
    "social_insurance": "Bảo hiểm xã hội",
    "tax":              "Thuế",
    "tourism":          "Du lịch",
}
# fmt: on


def subject_choices(*used: str) -> list[tuple[str, str]]:
    """Return the subjects to choose from, with their words, and those `used` already that have none; empty comes first."""
    named = SUBJECTS | {subject: subject for subject in used if subject and subject not in SUBJECTS}
    return [("", "–"), *named.items()]


def subject_in_words(subject: str) -> str:
    """Return a subject as people call it; as written where nobody named it."""
    return SUBJECTS.get(subject, subject)
