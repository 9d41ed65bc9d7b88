"""Which script a name is written in, and which of a party's two names a language shows."""

import re

HAN = re.compile("[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003134f]")
LATIN = re.compile("[A-Za-z\u00aa\u00ba\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u1e00-\u1eff]")


def is_han(text: str) -> bool:
    """Whether a text holds Chinese characters.

    >>> is_han("Lanting 岚汀"), is_han("Lanting")
    (True, False)
    """
    return HAN.search(text) is not None


def is_latin(text: str) -> bool:
    """Whether a text is in Latin letters, with accents or without, and holds no Chinese characters.

    >>> is_latin("Škoda"), is_latin("Lanting 岚汀"), is_latin("Лантин"), is_latin("123")
    (True, False, False, False)
    """
    return LATIN.search(text) is not None and not is_han(text)


def name_for_language(name: str, name_other: str | None, language: str) -> str:
    """The name in the script of the language where a source wrote one, else the first; never translated.

    >>> name_for_language("岚汀公司", "Lanting Ltd", "en"), name_for_language("Lanting Ltd", "岚汀公司", "zh")
    ('Lanting Ltd', '岚汀公司')
    >>> name_for_language("Лантин", "Lanting", "en")
    'Lanting'
    >>> name_for_language("Lanting Ltd", None, "zh"), name_for_language("Лантин", "岚汀", "en")
    ('Lanting Ltd', 'Лантин')
    """
    is_in_script = is_han if language == "zh" else is_latin
    return name_other if name_other and not is_in_script(name) and is_in_script(name_other) else name


def other_name(main_name: str, names: list[str]) -> str | None:
    """The first of `names` in another script than the one shown: Latin beside any other, else Chinese beside what is not.

    >>> other_name("岚汀公司", ["岚汀", "Лантин", "Lanting Ltd"]), other_name("Лантин", ["岚汀", "Lanting"])
    ('Lanting Ltd', 'Lanting')
    >>> other_name("Lanting Ltd", ["LT Ltd", "岚汀公司"]), other_name("岚汀公司", ["Лантин"]), other_name("Лантин", ["Ланта"])
    ('岚汀公司', 'Лантин', None)
    """
    han = is_han(main_name)
    if not is_latin(main_name):
        latin = next((name for name in names if is_latin(name)), None)
        if latin:
            return latin
    return next((name for name in names if is_han(name) != han), None)
