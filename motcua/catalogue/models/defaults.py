"""What a JSON column holds before anybody wrote to it."""


def no_list() -> list[object]:
    """Return an empty list."""
    return []


def no_object() -> dict[str, object]:
    """Return an empty object."""
    return {}
