"""What is wrong with the environment or the data folder, said before anything starts."""

from __future__ import annotations

from attain.core.errors import define

ENVIRONMENT_VALUE = define(
    "ENVIRONMENT_VALUE",
    zh="环境变量 {name} 的值“{value}”无法使用。",
    en="The environment variable {name} has the value “{value}”, which cannot be used.",
    remedy_zh="可以写：{allowed}。",
    remedy_en="It may say: {allowed}.",
)
DATABASE_URL_MALFORMED = define(
    "DATABASE_URL_MALFORMED",
    zh="ATTAIN_DATABASE_URL 的写法不对。",
    en="ATTAIN_DATABASE_URL is not written as an address of a database.",
    why_zh="其中可能有口令，这里不显示它的内容。",
    why_en="It may hold a password, so it is not shown here.",
    remedy_zh="例如 postgresql://用户:口令@主机:5432/库名，或 sqlite:///绝对路径；口令中的特殊字符要转义。",
    remedy_en="For example postgresql://user:password@host:5432/name or sqlite:///absolute/path; "
    "escape special signs in the password.",
)
SECRET_KEY_MISSING = define(
    "SECRET_KEY_MISSING",
    zh="生产模式没有密钥。",
    en="There is no secret key in production mode.",
    why_zh="密钥保护登录会话和审计链。",
    why_en="It protects sessions and the audit chain.",
    remedy_zh="设置 ATTAIN_SECRET_KEY，或让 ATTAIN_SECRET_KEY_FILE 指向只有本程序可读的文件。",
    remedy_en="Set ATTAIN_SECRET_KEY, or let ATTAIN_SECRET_KEY_FILE name a file only we can read.",
)
SECRET_KEY_WEAK = define(
    "SECRET_KEY_WEAK",
    zh="密钥太弱，或是示例中的密钥。",
    en="The secret key is weak, or one from an example.",
    remedy_zh='换成随机字符：python -c "import secrets; print(secrets.token_urlsafe(50))"。',
    remedy_en='Use 50 random signs: python -c "import secrets; print(secrets.token_urlsafe(50))".',
)
SECRET_KEY_OPEN = define(
    "SECRET_KEY_OPEN",
    zh="密钥文件 {path} 别人也能读。",
    en="The key file {path} can be read by others.",
    remedy_zh="执行 chmod 600 {path}。",
    remedy_en="Run chmod 600 {path}.",
)
SECRET_KEY_UNREADABLE = define(
    "SECRET_KEY_UNREADABLE",
    zh="无法读取密钥文件 {path}。",
    en="The key file {path} cannot be read.",
    remedy_zh="检查路径和权限。",
    remedy_en="Check its path and who owns it.",
)
HOSTS_MISSING = define(
    "HOSTS_MISSING",
    zh="生产模式没有说明可以用哪些主机名访问。",
    en="Production mode does not say by which host names it is reached.",
    why_zh="否则伪造的主机名会出现在邮件链接里。",
    why_en="Otherwise a forged host name would end up in links of mails.",
    remedy_zh="设置 ATTAIN_HOSTS，如 attain.example.com，多个用逗号分隔，不用通配符。",
    remedy_en="Set ATTAIN_HOSTS, such as attain.example.com; separate several by commas, "
    "no wildcards.",
)
DEBUG_IN_PRODUCTION = define(
    "DEBUG_IN_PRODUCTION",
    zh="生产模式不能打开 ATTAIN_DEBUG。",
    en="ATTAIN_DEBUG cannot be on in production mode.",
    why_zh="调试页面会泄露数据和设置。",
    why_en="Its pages show data and settings to whoever looks.",
    remedy_zh="去掉 ATTAIN_DEBUG。",
    remedy_en="Remove ATTAIN_DEBUG.",
)
DATA_LOCKED = define(
    "DATA_LOCKED",
    zh="数据目录 {folder} 已有一个服务在运行。",
    en="Another server already runs on the data folder {folder}.",
    why_zh="两个服务写同一个嵌入式数据库会互相妨碍。",
    why_en="Two servers would get in each other's way in one embedded database.",
    remedy_zh="先停止它（进程 {process}），或用 ATTAIN_DATA 指定另一个目录。",
    remedy_en="Stop it first (process {process}), or name another folder with ATTAIN_DATA.",
    http=409,
)
DATA_NOT_WRITABLE = define(
    "DATA_NOT_WRITABLE",
    zh="无法写入数据目录 {folder}。",
    en="The data folder {folder} cannot be written.",
    remedy_zh="检查磁盘和目录的所有者。",
    remedy_en="Check the disk and who owns the folder.",
)
PORT_TAKEN = define(
    "PORT_TAKEN",
    zh="端口 {port} 已被占用或不可用。",
    en="The port {port} is taken or not available.",
    remedy_zh="用 --port 指定另一个端口。",
    remedy_en="Choose another one with --port.",
    http=409,
)
DATABASE_UNREACHABLE = define(
    "DATABASE_UNREACHABLE",
    zh="无法连接数据库：{reason}。",
    en="The database cannot be reached: {reason}.",
    remedy_zh="检查 ATTAIN_DATABASE_URL 和数据库是否在运行。",
    remedy_en="Check ATTAIN_DATABASE_URL and whether the database runs.",
    http=503,
)
DATABASE_NEWER = define(
    "DATABASE_NEWER",
    zh="数据库比程序新：程序不认识 {migration}。",
    en="The database is newer than the program, which does not know {migration}.",
    why_zh="旧程序会误读新结构的数据。",
    why_en="An old program would misread data of a new shape.",
    remedy_zh="安装不低于写入数据时的版本，或恢复旧版本的备份。",
    remedy_en="Install at least the version that wrote the data, or restore an older backup.",
    http=409,
)
ASSETS_MISSING = define(
    "ASSETS_MISSING",
    zh="页面的样式和脚本尚未安装。",
    en="Styles and scripts of the pages are not installed.",
    remedy_zh="执行 make setup。",
    remedy_en="Run make setup.",
)
BACKUP_TARGET_EXISTS = define(
    "BACKUP_TARGET_EXISTS",
    zh="{path} 已存在。",
    en="{path} already exists.",
    remedy_zh="指定一个还不存在的文件名。",
    remedy_en="Name a file that does not exist yet.",
    http=409,
)
BACKUP_DAMAGED = define(
    "BACKUP_DAMAGED",
    zh="备份中的 {path} 缺失、多出或已损坏。",
    en="In the backup {path} is missing, extra or damaged.",
    remedy_zh="使用另一份备份。",
    remedy_en="Use another backup.",
)
BACKUP_UNREADABLE = define(
    "BACKUP_UNREADABLE",
    zh="{path} 不是 Attain 的备份，或无法读取。",
    en="{path} is no backup of Attain, or cannot be read.",
    remedy_zh="检查文件名。",
    remedy_en="Check the file name.",
)
RESTORE_NOT_EMPTY = define(
    "RESTORE_NOT_EMPTY",
    zh="{place} 不是空的，不能恢复到这里。",
    en="{place} is not empty, so nothing is restored into it.",
    why_zh="恢复会覆盖已有数据。",
    why_en="Restoring would overwrite what is there.",
    remedy_zh="用 ATTAIN_DATA（和 ATTAIN_DATABASE_URL）指定空的位置。",
    remedy_en="Name an empty place with ATTAIN_DATA (and ATTAIN_DATABASE_URL).",
    http=409,
)
BACKUP_OTHER_DATABASE = define(
    "BACKUP_OTHER_DATABASE",
    zh="备份来自 {there}，现在设置的是 {here}。",
    en="The backup was made from {there}, and {here} is set up now.",
    remedy_zh="恢复到同一种数据库。",
    remedy_en="Restore into the same kind of database.",
    http=409,
)
TOOL_MISSING = define(
    "TOOL_MISSING",
    zh="缺少程序 {tool}。",
    en="The program {tool} is missing.",
    remedy_zh="安装 PostgreSQL 的客户端程序，版本不低于服务器。",
    remedy_en="Install the client programs of PostgreSQL, not older than the server.",
)
AUDIT_BROKEN = define(
    "AUDIT_BROKEN",
    zh="审计链在第 {number} 条断开：{reason}。",
    en="The audit chain breaks at entry {number}: {reason}.",
    why_zh="有人绕过程序改动了记录，或数据已损坏。",
    why_en="Somebody changed records behind the program, or data were damaged.",
    remedy_zh="保留现场，与最近的备份比对。",
    remedy_en="Keep everything as it is, and compare with the newest backup.",
)
