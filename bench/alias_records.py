"""Made-up organisations with many names each, as watchlists have them: spellings, orders, scripts, acronyms, former names.

A fifth of the records tell a firm that another record tells too, by names drawn anew; a third of the firms are members of groups
that share a brand. The same arguments give the same records.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random
from typing import Any

SYLLABLES = (
    "ba", "be", "bor", "da", "dal", "dim", "el", "fa", "gra", "ha", "in", "ka", "kor", "la", "lan", "lin", "ma", "mar", "men",
    "mi", "na", "nor", "o", "pa", "per", "ra", "rem", "ri", "ro", "sa", "sel", "sta", "ta", "tam", "ter", "ti", "to", "tu", "u",
    "va", "ver", "vi", "vol", "za", "zen", "zi",
)  # fmt: skip
CYRILLIC = dict(zip("abdefghiklmnoprstuvz", "абдефгхиклмнопрстувз", strict=True))
SIGNS = dict(
    zip(SYLLABLES, "巴贝博达大迪埃法格哈因卡科拉兰林玛马门米纳诺奥帕佩拉雷里罗萨塞斯塔坦特蒂托图乌瓦维威沃扎真齐", strict=True)
)
TRADES = (
    ("Shipping", "Морские перевозки", "航运", "Schifffahrt"), ("Trading", "Торговля", "贸易", "Handel"),
    ("Engineering", "Инжиниринг", "工程", "Maschinenbau"), ("Chemical Industries", "Химпром", "化工", "Chemie"),
    ("Steel Works", "Сталь", "钢铁", "Stahlwerk"), ("Electronics", "Электроника", "电子", "Elektronik"),
    ("Petroleum", "Нефть", "石油", "Erdol"), ("Insurance", "Страхование", "保险", "Versicherung"),
    ("Construction", "Строй", "建筑", "Bau"), ("Aviation Services", "Авиасервис", "航空服务", "Luftfahrt"),
    ("Food Products", "Продукты", "食品", "Lebensmittel"), ("Investment", "Инвест", "投资", "Beteiligung"),
)  # fmt: skip
PLACES = (
    ("Moscow", "Москва", "莫斯科", "ru"), ("Minsk", "Минск", "明斯克", "by"), ("Tehran", "Тегеран", "德黑兰", "ir"),
    ("Shanghai", "Шанхай", "上海", "cn"), ("Dubai", "Дубай", "迪拜", "ae"), ("Istanbul", "Стамбул", "伊斯坦布尔", "tr"),
    ("Limassol", "Лимассол", "利马索尔", "cy"), ("Almaty", "Алматы", "阿拉木图", "kz"), ("Caracas", "Каракас", "加拉加斯", "ve"),
    ("Belgrade", "Белград", "贝尔格莱德", "rs"), ("Damascus", "Дамаск", "大马士革", "sy"), ("Havana", "Гавана", "哈瓦那", "cu"),
)  # fmt: skip
FORMS = (
    (("LLC", "Limited Liability Company", "OOO", "Ltd."), "ООО", "有限公司"),
    (("JSC", "Joint Stock Company", "AO"), "АО", "股份有限公司"),
    (("PJSC", "Public Joint Stock Company", "PAO"), "ПАО", "股份有限公司"),
)
GROUP_SHARE, SECOND_SHARE, MEMBERS_MAX = 0.33, 0.2, 6


@dataclass(frozen=True)
class Firm:
    """One firm: its brand and a former one as syllables; its line of business, place and legal form by their numbers."""

    brand: tuple[str, ...]
    former: tuple[str, ...]
    trade: int
    place: int
    form: int
    street: str


def make_records(count: int, *, names: int = 30, seed: int = 7) -> Iterator[tuple[dict[str, Any], str]]:
    """FollowTheMoney entities of `names` names each, and the firm that each is of."""
    random = Random(seed)  # Not for secrets.
    made = 0
    for number, firm in enumerate(_firms(random)):
        for _ in range(2 if random.random() < SECOND_SHARE else 1):
            if made == count:
                return
            yield _entity(f"o{made}", firm, names, random), str(number)
            made += 1


def _firms(random: Random) -> Iterator[Firm]:
    """Firms without end, those of one group one after the other."""
    while True:
        brand = _brand(random)
        members = random.randint(2, MEMBERS_MAX) if random.random() < GROUP_SHARE / 2 else 1
        for trade in random.sample(range(len(TRADES)), members):
            street = f"{random.randint(1, 300)} {''.join(_brand(random)).title()} Street"
            yield Firm(brand, _brand(random), trade, random.randrange(len(PLACES)), random.randrange(len(FORMS)), street)


def _brand(random: Random) -> tuple[str, ...]:
    return tuple(random.choice(SYLLABLES) for _ in range(random.randint(3, 4)))


def _entity(id_: str, firm: Firm, names: int, random: Random) -> dict[str, Any]:
    pool = dict.fromkeys(_spelling(firm, random) for _ in range(names * 20))
    texts = [_official(firm), *(text for text in pool if text != _official(firm))][:names]
    place = PLACES[firm.place]
    properties = {"name": texts[:1], "alias": texts[1:], "country": [place[3]], "address": [f"{firm.street}, {place[0]}"]}
    return {"id": id_, "schema": "Company", "properties": properties}


def _official(firm: Firm) -> str:
    """The name it is registered under, in Latin letters."""
    return f"{''.join(firm.brand).title()} {TRADES[firm.trade][0]} {FORMS[firm.form][0][0]}"


def _spelling(firm: Firm, random: Random) -> str:
    """One way to write the firm's name."""
    trade, place, (forms, form_ru, form_zh) = TRADES[firm.trade], PLACES[firm.place], FORMS[firm.form]
    brand = firm.brand if random.random() < 0.85 else firm.former
    text, script = "".join(brand), random.random()
    if script < 0.15:
        signs = "".join(SIGNS[syllable] for syllable in brand)
        return f"{random.choice(('', place[2]))}{signs}{trade[2]}{random.choice((form_zh, form_zh, '公司'))}"
    if script < 0.35:
        letters = "".join(CYRILLIC[letter] for letter in text).title()
        return f"{form_ru} {random.choice(('', trade[1] + ' '))}«{letters}»{random.choice(('', ' ' + place[1]))}"
    word = _respell(text, random).title()
    kind = random.choice((trade[0], trade[0], trade[3], trade[0][:4] + ".", ""))
    words = [word, kind, random.choice((place[0], "", "")), random.choice((*forms, ""))]
    if random.random() < 0.15:
        words = [words[3], words[0], words[1], words[2]]
    if random.random() < 0.05:
        return "".join(part[0] for part in (text, *trade[0].split(), place[0], "Company")).upper()
    return " ".join(part for part in words if part)


def _respell(word: str, random: Random) -> str:
    """The word, or in one of three cases another way to write it in Latin letters, or a slip."""
    if random.random() < 0.66:
        return word
    old, new = random.choice(
        (("k", "c"), ("v", "w"), ("i", "y"), ("z", "s"), ("el", "yel"), ("o", "a"), ("f", "ph"), ("a", "aa"))
    )
    if old in word:
        return word.replace(old, new, 1)
    at = random.randrange(1, len(word))
    return word[:at] + word[at + 1 :]
