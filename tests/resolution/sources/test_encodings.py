"""Encodings: told from the letters of the whole file, asked where several fit, never garbage."""

from pathlib import Path

import pytest

from ontology.errors import SourceUnreadable
from resolution.sources.reading import Reading, encoding_note, read_rows
from resolution.sources.reading.encodings import encoding_of, sample_lines

TEXTS = {
    "spanish": ("Ibáñez Muñoz e Hijos,Logroño\nCervecería Ágata,Jaén\n", ["cp1252", "iso8859_15"]),
    "german": ("Gebrüder Schäfer,Nürnberg\nWeiß & Söhne,Fürth\n", ["cp1252"]),
    "signs": ("O’Hara’s Bakery – Cork,€ 5\nAcme® Ltd,3 m²\n", ["cp1252"]),
    "polish": ("Zakład Mleczarski Żuraw,Wrocław\nSpółka Świętokrzyska,Łódź\n", ["cp1250", "iso8859_2", "cp852"]),
    "czech": ("Pekařství Růžička,Žatec\nTruhlářství Němec,Děčín\n", ["cp1250"]),
    "turkish": ("Işık Gıda Sanayi,Eskişehir\nGüneş Çay,İzmir\n", ["cp1254"]),
    "russian": ("ООО Северный Ветер,Архангельск\nАО Мельница,Тула\n", ["cp1251", "koi8_r", "cp866"]),
    "greek": ("Εμπορική Αιγαίου,Πειραιάς\nΕλαιώνες Κρήτης,Χανιά\n", ["cp1253"]),
    "hebrew": ("חברת הגליל למסחר,חיפה\nמאפיית השרון,נתניה\n", ["cp1255"]),
    "arabic": ("شركة النيل للتجارة,القاهرة\nمصنع الواحة,الجيزة\n", ["cp1256"]),
    "thai": ("บริษัท แม่น้ำ จำกัด,เชียงใหม่\nร้านอาหารไทย,ภูเก็ต\n", ["cp874"]),
    "japanese": ("三原精機株式会社,広島市\n大和運輸有限会社,奈良県\n", ["cp932", "euc_jp", "iso2022_jp"]),
    "kana": ("スズキ ハナコ,さいたま市\nやまだ たろう,なら市\n", ["cp932", "euc_jp"]),
    "korean": ("주식회사 동해무역,부산광역시\n한라건설,제주시\n", ["cp949", "euc_kr"]),
    "traditional": ("鹿港紡織股份有限公司,彰化縣\n陳志明商行,臺南市\n", ["big5", "big5hkscs"]),
    "simplified": ("鹭洲建材有限公司,鹭洲市\n榕江县林一商行,榕江\n", ["gb18030", "gb2312", "utf-16-le", "utf-16-be"]),
}
CASES = [(text, encoding) for text, encodings in TEXTS.values() for encoding in encodings]


def written(folder: Path, text: str, encoding: str) -> Path:
    path = folder / "a.csv"
    path.write_bytes(f"name,city\n{text}".encode(encoding))
    return path


def cells(path: Path) -> str:
    return "".join(f"{row.values['name']},{row.values['city']}\n" for row in read_rows(path, Reading()))


@pytest.mark.parametrize(("text", "encoding"), CASES)
def test_a_text_is_read_in_the_encoding_its_letters_tell(text: str, encoding: str, tmp_path: Path) -> None:
    assert cells(written(tmp_path, text, encoding)) == text


@pytest.mark.parametrize("text", ["Smith’s", "Price £5", "20°C", "“Best” Co", "Acme®", "Café – Paris", "Köln"])
def test_one_sign_or_letter_of_western_text_is_enough(text: str, tmp_path: Path) -> None:
    assert cells(written(tmp_path, f"{text},1\n", "cp1252")) == f"{text},1\n"


@pytest.mark.parametrize("name", ["郑四", "王小梅", "欧阳静", "榕江市", "鹭洲建材"])
def test_one_chinese_word_in_gb18030_is_enough(name: str, tmp_path: Path) -> None:
    assert cells(written(tmp_path, f"{name},1\n", "gb18030")) == f"{name},1\n"


@pytest.mark.parametrize("encoding", ["gb18030", "cp1252"])
def test_a_letter_at_the_end_of_a_long_file_counts_as_one_at_its_start(encoding: str, tmp_path: Path) -> None:
    word = "榕江贸易有限公司" if encoding == "gb18030" else "Bäckerei Müller"
    text = "plain,plain\n" * 200_000 + f"{word},x\n"
    assert cells(written(tmp_path, text, encoding)).endswith(f"\n{word},x\n")


def test_what_is_judged_by_is_bounded_and_spread_over_the_file(tmp_path: Path) -> None:
    path = written(tmp_path, "".join(f"第{number}号商行,榕江\n" for number in range(100_000)), "gb18030")
    with path.open("rb") as file:
        kept = sample_lines(file)
    assert sum(map(len, kept)) <= 1 << 20
    assert "第99" in kept[-1].decode("gb18030")


@pytest.mark.parametrize(("text", "among"), [("Kő,1\n", ("cp1250", "cp1252")), ("Gdańsk,1\n", ("cp1250", "cp1252"))])
def test_where_several_encodings_make_words_the_question_names_them_with_what_each_reads(
    text: str, among: tuple[str, ...], tmp_path: Path
) -> None:
    with pytest.raises(SourceUnreadable) as told:
        encoding_of(written(tmp_path, text, "iso8859_2"), None)
    problem = str(told.value.facts["problem"])
    assert all(name in problem for name in among)
    assert text.partition(",")[0] in problem
    assert "--encoding" in str(told.value.remedy)


def test_bytes_that_are_words_in_no_encoding_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"name,city\n\x01\x8f\xf5\x9d,\xa8\x90\xd0\xa6\n" * 4)
    with pytest.raises(SourceUnreadable, match="not UTF-8"):
        encoding_of(path, None)


def test_a_named_encoding_is_not_judged(tmp_path: Path) -> None:
    path = written(tmp_path, "Gdańsk,1\n", "iso8859_2")
    assert encoding_of(path, "iso8859_2").name == "iso8859-2"
    assert encoding_note(path, Reading(encoding="iso8859_2")) is None


def test_an_encoding_judged_by_letters_is_told_with_a_piece_of_the_text(tmp_path: Path) -> None:
    assert encoding_note(written(tmp_path, "三原精機株式会社,x\n", "cp932"), Reading()) == "cp932: 三原精機株式会社"
    assert encoding_note(written(tmp_path, "三原精機株式会社,xy\n", "utf-8"), Reading()) is None


@pytest.mark.parametrize("encoding", ["cp932", "big5hkscs", "cp1251"])
def test_json_is_read_in_the_encoding_its_letters_tell(encoding: str, tmp_path: Path) -> None:
    name = {"cp932": "大和運輸有限会社", "big5hkscs": "鹿港紡織股份有限公司", "cp1251": "Северный Ветер"}[encoding]
    path = tmp_path / "a.json"
    path.write_bytes(f'[{{"name": "{name}"}}]'.encode(encoding))
    assert [row.values for row in read_rows(path, Reading())] == [{"name": name}]
