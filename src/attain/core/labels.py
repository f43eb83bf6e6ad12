"""Text for readers of both languages.

Codes and names are for machines; a label is what a Chinese or an English reader is shown.
"""

from __future__ import annotations

from typing import Any, Final, Literal

from pydantic import AliasChoices, BaseModel, ConfigDict, Field, model_validator

Language = Literal["zh-Hans", "en"]

CHINESE: Final[Language] = "zh-Hans"
ENGLISH: Final[Language] = "en"
LANGUAGES: Final[tuple[Language, ...]] = (CHINESE, ENGLISH)


class Labels(BaseModel):
    """The same text in Chinese and in English.

    Written `{zh-Hans: 订单, en: Orders}`; one language alone, or a plain text, stands for both.
    """

    model_config = ConfigDict(
        frozen=True, extra="forbid", serialize_by_alias=True, validate_by_name=True
    )

    zh: str = Field(
        default="",
        validation_alias=AliasChoices("zh-Hans", "zh"),
        serialization_alias="zh-Hans",
    )
    en: str = ""

    @model_validator(mode="before")
    @classmethod
    def _plain_text_is_both(cls, given: Any) -> Any:
        return {"zh": given, "en": given} if isinstance(given, str) else given

    def get(self, language: str = CHINESE) -> str:
        """The text for a reader; the other language where this one was not written."""
        if language == ENGLISH:
            return self.en or self.zh
        return self.zh or self.en

    def __bool__(self) -> bool:
        return bool(self.zh or self.en)


def labels(zh: str, en: str) -> Labels:
    """Short form for code: `labels("订单", "Orders")`."""
    return Labels(zh=zh, en=en)
