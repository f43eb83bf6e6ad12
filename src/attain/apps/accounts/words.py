"""What accounts do, as the audit trail says it."""

from __future__ import annotations

from typing import Final

from attain.core.labels import Labels, labels

ACTIONS: Final[dict[str, Labels]] = {
    "accounts.log_in": labels("登录", "Logged in"),
    "accounts.log_out": labels("退出", "Logged out"),
    "accounts.log_in_failed": labels("登录失败", "Failed to log in"),
    "accounts.change_password": labels("修改密码", "Changed the password"),
    "accounts.reset_password": labels("重设密码", "Reset the password"),
    "accounts.set_password": labels("管理员设置密码", "Set a password for somebody"),
    "accounts.add_second_factor": labels("开启登录验证码", "Turned codes at log-in on"),
    "accounts.remove_second_factor": labels("关闭登录验证码", "Turned codes at log-in off"),
    "accounts.create_user": labels("新建账号", "Made an account"),
    "accounts.disable_user": labels("停用账号", "Disabled an account"),
    "accounts.enable_user": labels("启用账号", "Enabled an account"),
    "accounts.grant_role": labels("授予角色", "Gave a role"),
    "accounts.revoke_role": labels("收回角色", "Took a role away"),
    "accounts.delegate": labels("委托", "Delegated roles"),
    "accounts.end_delegation": labels("结束委托", "Ended a delegation"),
    "accounts.end_session": labels("结束会话", "Ended a session"),
    "accounts.make_token": labels("创建令牌", "Made a token"),
    "accounts.revoke_token": labels("作废令牌", "Revoked a token"),
    "lists.export": labels("导出列表", "Exported a list"),
    "audit.anchor": labels("重新保存审计链头", "Kept the head of the audit chain anew"),
}
THINGS: Final[dict[str, Labels]] = {
    "user": labels("账号", "Account"),
    "token": labels("令牌", "Token"),
    "list": labels("列表", "List"),
    "audit": labels("审计链", "Audit chain"),
}
FIELDS: Final[dict[str, Labels]] = {
    "role": labels("角色", "Role"),
    "roles": labels("角色", "Roles"),
    "scope": labels("范围", "Scope"),
    "unit": labels("部门", "Unit"),
    "from": labels("开始日期", "From"),
    "until": labels("结束日期", "Until"),
    "username": labels("用户名", "User name"),
    "person": labels("人员", "Person"),
    "rows": labels("行数", "Rows"),
    "address": labels("地址", "Address"),
}
