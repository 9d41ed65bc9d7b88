"""What every shape of the API has in common."""

from enum import StrEnum
from typing import Self

from pydantic import BaseModel, ConfigDict


class Shape(BaseModel):
    """A frozen object of the API. Fields that a newer server adds are passed over."""

    model_config = ConfigDict(frozen=True, extra="ignore", populate_by_name=True, protected_namespaces=())


class OpenEnum(StrEnum):
    """Words that a server may add to: one that this version does not know is a member without a name of its own."""

    @classmethod
    def _missing_(cls, value: object) -> Self | None:
        if not isinstance(value, str):
            return None
        member = str.__new__(cls, value)
        member._name_, member._value_ = value, value
        return member
