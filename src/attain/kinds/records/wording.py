"""What the keys of a record type mean, in Chinese; the English stands in the models."""

from __future__ import annotations

from typing import Final

_TEXT: Final = """
RecordType 记录类型
  record: 名称：小写字母、数字和下划线；也是数据集的名称。
  version: 版本；每次安装改动都要加一。
  label: 单条怎么称呼。
  plural: 列表和页签的名称。
  off: 安装后先不启用；人事启用之前，谁也看不到、建不了。
  group: 同一组的类型排在一起。
  icon: 图标名称。
  help: 一句话说明用途。
  source: 出自哪份文件、哪一条。
  number: 编号格式，可用 {year} {month} {day} {n:位数}；按写出的最细日期重新编号。
  title: 标题格式，可用 {字段}；不写就是编号。
  owner: 作为负责人的人员字段；不写就是创建人。
  subject: 作为当事人的人员字段；不写就是负责人。
  date: 作为业务日期的日期字段；不写就是创建日期。
  create: 谁可以新建。
  edit: 状态未锁定时谁可以修改。
  see: 除当事各方以外，谁能看到全部；everyone 指所有能用记录的角色。
  fields: 有哪些字段。
  checks: 字段之间每次保存都要满足的条件。
  states: 可以处于哪些状态，第一个是起点；不写就只是在册。
  actions: 从状态到状态的操作。
  allowances: 可以预留和使用、永远不会超支的额度。
  cadences: 要反复去做的事。
  reminders: 哪一天前提醒谁。
  expected: 谁每个期间要交一份。
  views: 怎么展示。
  examples: 带结果的情况，由 attain test 运行。
FieldSpec 字段
  type: 存什么。
  label: 在页面、列表和表格里的名称。
  help: 给填写人的一句话。
  required: 显示时必填。
  default: 初始值的表达式：today + 30、author、'new'。
  min: 数字的下限；日期的第一天，如 2026-01-01 或 today - 30 days。
  max: 数字的上限、日期的最后一天、文字的字数。
  choices: 选项：每项一个标识，带名称。
  of: 关联记录的类型，可以有几种。
  currency: 金额的币种。
  scale: 小数位数；金额不写就按币种。
  is: 计算字段：由其他字段算出的表达式，不用填。
  when: 条件：满足时才显示，必填也只在这时生效。
  fields: 表格每一行的字段。
  min_rows: 表格至少几行。
  max_rows: 表格最多几行。
  search: 列表的搜索框会查它。
  unique: 同类型中不能有两条取值相同。
  facts: 写 false 就不进方案读取的数据集。
  personal: 涉及个人、不是人人可见的信息，例如电话。
  sensitive: 法律保护的信息（健康、宗教、财务等），必须保密。
  confidential: 单独保存，说明用途才能查看；不进任何列表和数据集。
  was: 改名前在上一版本里的名称。
Confidential 保密
  purpose: 为了什么可以查看；查看的人要确认用途。
  read: 谁可以查看。
  consent: 填写前须经本人同意。
  keep: 最后一次修改后保存多久，到期删除。
  off: 公司启用之前谁也不能填写。
GateSpec 条件
  holds: 关于字段的条件。
  otherwise: 不满足时怎么说，不带句号；可用 {字段}。
  label: 从正面说的要求，满足时显示。
StateSpec 状态
  label: 状态名称，如已提交、已批准。
  tone: 显示方式：neutral 平常，accent 等人办理，problem 有问题，outline 尚未生效。
  locked: 字段不能再改。
  final: 到此为止：不再有期限和跟进周期。
  due: 应在哪天之前离开这一状态。
  escalate: 过期通知谁。
  consult: 其间征求谁的意见。
  was: 改名前的名称。
EscalateSpec 过期通知
  to: 通知谁。
  when: 从哪天起，如 due + 1 day。
ConsultSpec 会签
  rule: all 全体同意，majority 过半数，quorum 达到 needed 席。
  needed: quorum 时需要同意的席数。
  parties: 征求哪几方。
PartySpec 会签方
  label: 名称。
  who: 谁代表它表态。
  seats: 席数：部门一席，委员会按人数。
ActionSpec 操作
  label: 按钮上的字。
  from: 在哪些状态下可以办理。
  to: 办理后进入的状态；不写就停在原状态。
  by: 谁可以办理，列表中满足一个即可；里层列表要同时满足。
  never: 谁一定不能办理（双人复核）。
  needs: 必须已填的字段；reason 指书面理由。
  asks: 办理时可以一并填写的字段。
  gates: 必须满足的条件。
  until: 可以办理的最后一天。
  after: 从这天的次日起才能办理。
  verdict: 在会签中表示 agree 同意或 object 不同意。
  effects: 随后发生的事，按顺序。
EffectSpec 随后发生的事
  set: 要写入的字段，值写在 to 里。
  to: set 的表达式。
  create: 要新建的记录类型，字段写在 with 里。
  with: create 的各字段表达式；record 指本记录。
  into: 保存新记录的本记录字段；已有记录就不再新建。
  reserve: 要预留的额度：本记录的，或 <关联字段>.<额度>。
  spend: 要使用的额度，先用已预留的。
  release: 要退回预留的额度。
  amount: reserve、spend、release 的金额表达式。
  notify: 通知谁。
  say: 通知的话；可用 {字段}。
AllowanceSpec 额度
  label: 名称。
  limit: 表达式：总共有多少。
  currency: 币种。
CadenceSpec 跟进周期
  label: 到期的是什么事，页面上怎么称呼。
  last: 在哪里做过：<类型>.<字段>，取以该字段指向本记录的记录的业务日期。
  every: 多久一次，取第一个满足条件的；都不满足就没有跟进周期。
  since: 一次都没做过时从哪天算起：entered、created_on 或日期字段。
  remind: 到期前提醒谁。
  escalate: 过期未做通知谁。
EverySpec 多久一次
  when: 条件；不写就是始终。
  is: 两次之间的时长。
AheadSpec 提前
  to: 通知谁。
  before: 到期前多久。
LateSpec 过期
  to: 通知谁。
  after: 到期后多久。
ReminderSpec 提醒
  on: 哪个日期字段。
  before: 提前多久；0 days 就是当天。
  to: 通知谁。
  when: 只在满足条件时。
  say: 提醒的话；可用 {字段}。
  yearly: 每年都有，例如生日。
  countdown: 页面上显示还剩几天。
ExpectedSpec 应交
  label: 应交的是什么，页面上怎么称呼。
  each: day 每个工作日，week 每周（周一起），month 每月；记录算在业务日期所在的期间。
  from: 谁要交：角色或岗位。
  within: 部门编号：只限它和下级部门。
  due: 最后一天，从 period_start 或 period_end 算起。
  remind: 次日仍缺交时通知谁。
  since: 从哪天起要交。
Views 视图
  list: 列表：有哪些列、怎么排序。
  board: 按状态分列的看板。
  calendar: 日历。
  form: 表单的分段；不写就全部放在一段。
  quick: 手机快速登记要填的字段，其余取默认值。
  charts: 列表上方的图表。
ListView 列表
  columns: 字段，以及每条记录自带的编号、标题、状态、负责人等（见“表达式里的名称”）和跟进周期。
  sort: 按哪一列；前面加减号就从大到小。
BoardView 看板
  card: 卡片标题下面显示什么。
  sum: 每列顶上合计的数字字段。
CalendarView 日历
  from: 第一天的日期字段。
  until: 最后一天的日期字段。
Section 分段
  section: 标题。
  fields: 其中的字段，按顺序。
  when: 满足条件才显示。
Chart 图表
  by: state、month（业务日期所在月）、owner、unit，或选项字段。
  sum: 合计的数字字段。
  count: 统计条数。
  label: 标题。
ExampleSpec 例子
  name: 用几个字说明它展示什么。
  given: 字段的值；也可以写自带的名称（author、owner）和关联记录的值（campaign.state）。
  in: 所处状态；不写就是第一个。
  entered: 进入这一状态的日期。
  created: 创建日期。
  as: 办理人与记录的关系。
  on: 发生的日期。
  take: 办理哪个操作。
  reason: 写的理由。
  values: 办理时一并填写的值。
  last: 每个跟进周期最近一次的日期。
  related: 关联记录的值，按关联字段。
  allowances: 额度的情况，也可写 <关联字段>.<额度>。
  signed: 各方已表的态：agree 或 object。
  expect: 应有的结果。
  refused: 应被拒绝的代码；没有 take 时指字段的问题。
AllowanceGiven 例子中的额度
  limit: 总额。
  reserved: 已预留。
  spent: 已使用。
ExpectSpec 应有的结果
  state: 之后的状态。
  due: 全部到期日：跟进周期按名称，state 指状态的期限。
  overdue: 全部已逾期的，state 指状态。
  values: 之后的字段值，包括计算字段。
  shown: 字段是否显示。
  problems: 字段问题的代码。
  reminders: 当天发出的提醒。
  creates: 操作新建的记录类型。
  reserves: 操作预留的金额，按额度。
  spends: 操作使用的金额，按额度。
  releases: 操作退回的金额，按额度。
"""


def chinese() -> dict[str, dict[str, str]]:
    """For each part, its title under the empty key, and what each key means."""
    found: dict[str, dict[str, str]] = {}
    part = ""
    for line in _TEXT.strip().splitlines():
        if line.startswith("  "):
            key, _, text = line.strip().partition(": ")
            found[part][key] = text
        else:
            part, _, title = line.partition(" ")
            found[part] = {"": title}
    return found
