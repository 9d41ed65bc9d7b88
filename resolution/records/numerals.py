"""Chinese numerals in names of firms as digits: 第三 and 第3, 三号 and 3号, 〇五 and 05 are one number."""

import re
from functools import lru_cache

DIGIT_SIGNS = ("零〇", "一壹", "二贰两", "三叁", "四肆", "五伍", "六陆", "七柒", "八捌", "九玖")
DIGITS = {sign: number for number, signs in enumerate(DIGIT_SIGNS) for sign in signs}
SCALES = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
NUMERAL = f"[{''.join(DIGITS)}{''.join(SCALES)}]+"
# Words that count what stands before them; without one, or 第 in front, a numeral is a word like another (六合, 三元).
COUNTED = "号期店厂分院中小校队站矿局处部库区段组支标车间"
IN_NAME = re.compile(rf"(?<=第)(?:{NUMERAL}|\d+)|(?:{NUMERAL}|\d+)(?=[{COUNTED}])")


@lru_cache(maxsize=1 << 16)
def with_digits(text: str) -> str:
    """The name with its numbers in digits, without leading zeros.

    >>> with_digits("福州第三化工厂"), with_digits("恒榕二十一号基金"), with_digits("03号仓库"), with_digits("六合贸易")
    ('福州第3化工厂', '恒榕21号基金', '3号仓库', '六合贸易')
    """
    return IN_NAME.sub(lambda match: str(value(match[0])), text)


def value(numeral: str) -> int:
    """The number that Chinese numerals or digits write; digits one after the other are read as they stand (二〇二〇).

    >>> value("十二"), value("一百零五"), value("二〇二〇"), value("007")
    (12, 105, 2020, 7)
    """
    if numeral.isdecimal() and numeral.isascii():
        return int(numeral)
    if not any(sign in SCALES for sign in numeral):
        return int("".join(str(DIGITS[sign]) for sign in numeral))
    total, digit = 0, 0
    for sign in numeral:
        if sign in SCALES:
            total += (digit or 1) * SCALES[sign]
            digit = 0
        else:
            digit = DIGITS[sign]
    return total + digit
