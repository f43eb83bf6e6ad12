"""The codes of advice: what is allowed in a record type, but unwise."""

from __future__ import annotations

from typing import Final

from attain.core.errors import Severity, define


def _advice(code: str, zh: str, en: str, remedy_zh: str, remedy_en: str) -> str:
    return define(
        code, zh=zh, en=en, remedy_zh=remedy_zh, remedy_en=remedy_en, severity=Severity.warning
    )


LINT_RECORD_UNREACHED: Final = _advice(
    "LINT_RECORD_UNREACHED",
    "没有操作通向状态“{state}”。",
    "No action leads to the state “{state}”.",
    "补上一个操作，或删去这一状态。",
    "Add an action that leads there, or remove the state.",
)
LINT_RECORD_STUCK: Final = _advice(
    "LINT_RECORD_STUCK",
    "状态“{state}”没有出路，也没有标为 final。",
    "Nothing leads out of the state “{state}”, and it is not final.",
    "补上一个操作，或写 final: true。",
    "Add an action, or write final: true.",
)
LINT_RECORD_DUE_SILENT: Final = _advice(
    "LINT_RECORD_DUE_SILENT",
    "状态“{state}”有期限，过期却没有人被告知。",
    "The state “{state}” has a last day, but nobody is told when it has passed.",
    "写上 escalate：通知谁、何时通知。",
    "Add escalate: who is told, and when.",
)
LINT_RECORD_PERSONAL_OPEN: Final = _advice(
    "LINT_RECORD_PERSONAL_OPEN",
    "字段“{field}”涉及个人，而所有人都能看到这类记录。",
    "The field “{field}” is about a person, and everyone sees these records.",
    "收窄 see，或把字段设为 confidential。",
    "Narrow see, or make the field confidential.",
)
LINT_RECORD_SECRET_ON: Final = _advice(
    "LINT_RECORD_SECRET_ON",
    "敏感字段“{field}”一安装就可以填写。",
    "The sensitive field “{field}” can be filled in as soon as it is installed.",
    "写上 off: true，由公司决定是否启用。",
    "Write off: true, so that a company decides whether it is used.",
)
LINT_RECORD_SECRET_KEPT: Final = _advice(
    "LINT_RECORD_SECRET_KEPT",
    "保密字段“{field}”没有保存期限。",
    "The confidential field “{field}” is kept for ever.",
    "写上 keep，例如 24 months。",
    "Add keep, such as 24 months.",
)
LINT_RECORD_MONEY_ALONE: Final = _advice(
    "LINT_RECORD_MONEY_ALONE",
    "操作“{action}”动用金额，而同一个人可以既办理又批准。",
    "The action “{action}” moves money, and one person may prepare and approve it.",
    "写上 never（例如 author），或改为会签。",
    "Add never, such as author, or let several parties agree.",
)
LINT_RECORD_NO_EXAMPLES: Final = _advice(
    "LINT_RECORD_NO_EXAMPLES",
    "记录类型“{type}”没有例子。",
    "The record type “{type}” has no examples.",
    "写出几种情况及其结果，最好是期限的当天和次日。",
    "Write some cases and their results, the last day and the day after it first.",
)
LINT_RECORD_UNLABELLED: Final = _advice(
    "LINT_RECORD_UNLABELLED",
    "“{part}”没有名称，页面上只能显示标识。",
    "“{part}” has no label; pages would show its identifier.",
    "写上 label: {{zh-Hans: …, en: …}}。",
    "Add label: {{zh-Hans: …, en: …}}.",
)
LINT_RECORD_CLOCK_UNTIMED: Final = _advice(
    "LINT_RECORD_CLOCK_UNTIMED",
    "操作“{action}”由系统执行，却没有写何时执行。",
    "The action “{action}” is for the clock, but has no day.",
    "写上 after，例如 entered + 10 days。",
    "Add after, such as entered + 10 days.",
)
LINT_RECORD_RESERVED_EVER: Final = _advice(
    "LINT_RECORD_RESERVED_EVER",
    "操作“{action}”预留额度“{allowance}”，却没有操作使用或退回它。",
    "The action “{action}” reserves of “{allowance}”, but nothing spends or releases it.",
    "补上 spend 或 release。",
    "Add spend or release to an action.",
)
LINT_RECORD_LAST_AWAITED: Final = _advice(
    "LINT_RECORD_LAST_AWAITED",
    "跟进周期“{cadence}”要看“{last}”，现在还没有这种记录。",
    "The cadence “{cadence}” looks at “{last}”; there is no such type of record yet.",
    "声明并安装它；在那之前，跟进周期从起算日算起。",
    "Declare and install it; until then the cadence counts from its first day.",
)
LINT_RECORD_FORM_GAP: Final = _advice(
    "LINT_RECORD_FORM_GAP",
    "字段“{field}”必填，“{view}”里却没有它，也没有默认值。",
    "The field “{field}” is required, but “{view}” neither shows it nor has it a default.",
    "把它放进表单，或给它 default。",
    "Put it into the form, or give it a default.",
)
LINT_RECORD_UNTRIED_DAY: Final = _advice(
    "LINT_RECORD_UNTRIED_DAY",
    "操作“{action}”有期限，却没有例子试过它。",
    "The action “{action}” has a last day that no example tries.",
    "写两个例子：期限当天，和次日被拒绝。",
    "Write two examples: on the last day, and refused on the day after.",
)
