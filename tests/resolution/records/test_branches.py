"""The firm that a branch belongs to."""

import pytest

from resolution.records.branches import head_office_name


@pytest.mark.parametrize(
    ("branch", "head"),
    [
        ("Ravensholt AG Niederlassung Wien", "Ravensholt AG"),
        ("Ravensholt AG, Succursale de Genève", "Ravensholt AG"),
        ("Bureau de représentation de Ravensholt AG", "Ravensholt AG"),
        ("Teasel Fittings Ltd (Dublin branch office)", "Teasel Fittings Ltd"),
        ("Dunlin SA Sucursal en España", "Dunlin SA"),
        ("Dunlin S.p.A. - Sede secondaria di Bari", "Dunlin S.p.A"),
        ("Nordvik AS, filial Göteborg", "Nordvik AS"),
        ("Nordvik Oy, sivuliike Tallinnassa", "Nordvik Oy"),
        ("Kowal Sp. z o.o. Oddział w Gdyni", "Kowal Sp. z o.o"),
        ("Oddział Kowal Sp. z o.o.", "Kowal Sp. z o.o"),
        ("Филиал ООО Заря в г. Пермь", "ООО Заря"),
        ("ООО «Заря» представительство в Минске", None),
        ("Ege Çelik A.Ş. İzmir Şubesi", "Ege Çelik A.Ş"),
        ("Kárpát Kft. Pécsi fióktelepe", "Kárpát Kft"),
        ("PT Samudra Tbk Kantor Cabang Medan", "PT Samudra Tbk"),
        ("Deltabank NV, London Branch", "Deltabank NV"),
        ("Harbour Bank Singapore Branch", "Harbour Bank"),
        ("Kranich Textil Leeds Branch", "Kranich Textil"),
        ("Kranich Niederlassung Hamburg", "Kranich"),
        ("中国建设银行股份有限公司厦门市分行", "中国建设银行股份有限公司"),
        ("厦门恒榕机械有限公司北京办事处", "厦门恒榕机械有限公司"),
        ("株式会社青葉 福岡支店", "株式会社青葉"),
        ("青葉工業株式会社 福岡営業所", "青葉工業株式会社"),
        ("한빛물산 주식회사 대구지점", "한빛물산 주식회사"),
    ],
)
def test_the_head_office_of_a_branch_in_many_languages(branch: str, head: str | None) -> None:
    assert head_office_name(branch) == head


@pytest.mark.parametrize(
    "name",
    [
        "Olive Branch Ltd",
        "The Olive Branch",
        "Branch Coffee Ltd",
        "Filial",
        "厦门恒榕机械有限公司",
        "分公司",
        "中国银行",
        "青葉支店",
        "Branches of Leeds",
        "",
    ],
)
def test_a_firm_of_its_own_has_none(name: str) -> None:
    assert head_office_name(name) is None
