"""Codes of keys, intervals, stored values and dataset versions."""

from __future__ import annotations

from typing import Final

from attain.core.errors.catalogue import define

KEY_KIND: Final = define(
    "KEY_KIND",
    zh="“{value}”不能作为主键的种类。",
    en="“{value}” cannot be a kind of keys.",
    remedy_zh="用小写英文字母开头，只含小写字母、数字和下划线。",
    remedy_en="Begin with a small letter; use small letters, digits and underscores only.",
)
KEY_EMPTY: Final = define(
    "KEY_EMPTY",
    zh="编号是空的。",
    en="The code is empty.",
    remedy_zh="填写编号；没有编号的行无法被引用。",
    remedy_en="Give a code; a row without one cannot be referred to.",
)
REFERENCE_AMBIGUOUS: Final = define(
    "REFERENCE_AMBIGUOUS",
    zh="编号“{value}”同时存在于 {kinds}。",
    en="The code “{value}” exists in {kinds}.",
    remedy_zh="写明种类，例如 {example}。",
    remedy_en="Say which one is meant, for example {example}.",
)
INTERVAL_INVALID: Final = define(
    "INTERVAL_INVALID",
    zh="生效日 {start} 不早于失效日 {until}。",
    en="It takes effect on {start}, which is not before its end {until}.",
    remedy_zh="失效日是不再有效的第一天，必须晚于生效日。",
    remedy_en="The end is the first day on which it no longer holds; it must be later.",
)
INTERVAL_OVERLAP: Final = define(
    "INTERVAL_OVERLAP",
    zh="“{value}”的两段有效期在 {start} 重叠。",
    en="Two stretches of “{value}” overlap on {start}.",
    remedy_zh="让前一段的失效日等于后一段的生效日。",
    remedy_en="Let the first end on the day on which the second begins.",
)


VALUE_NOT_EXACT: Final = define(
    "VALUE_NOT_EXACT",
    zh="“{value}”不能按 {unit} 精确保存。",
    en="“{value}” cannot be kept exactly as {unit}.",
    why_zh="保存的值必须与计算的值一位不差，结果才能复现。",
    why_en="Stored and calculated values must agree to the last digit, "
    "or results cannot be repeated.",
    remedy_zh="先按声明的小数位取整。",
    remedy_en="Round it to the declared number of decimals first.",
)
VERSION_CONFLICT: Final = define(
    "VERSION_CONFLICT",
    zh="数据集“{dataset}”在此期间已有新版本 {found}（原以为是 {expected}）。",
    en="The dataset “{dataset}” has a newer version {found} (expected {expected}).",
    why_zh="直接覆盖会丢失别人刚提交的数据。",
    why_en="Writing over it would lose what somebody else has just committed.",
    remedy_zh="重新预览并再次提交。",
    remedy_en="Preview the import again and commit once more.",
    http=409,
)
VERSION_UNKNOWN: Final = define(
    "VERSION_UNKNOWN",
    zh="找不到数据集“{dataset}”的版本 {version}。",
    en="The dataset “{dataset}” has no version {version}.",
    remedy_zh="核对版本号，或重新导入数据。",
    remedy_en="Check the version, or import the data again.",
    http=404,
)
