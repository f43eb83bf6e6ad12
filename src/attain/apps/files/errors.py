"""Why a file is not taken, in both languages."""

from __future__ import annotations

from attain.core.errors import define

UPLOAD_EMPTY = define(
    "UPLOAD_EMPTY",
    zh="文件“{name}”是空的。",
    en="The file “{name}” is empty.",
    remedy_zh="检查文件后重新上传。",
    remedy_en="Check the file and upload it again.",
)
UPLOAD_TOO_LARGE = define(
    "UPLOAD_TOO_LARGE",
    zh="文件“{name}”有 {size}，最大 {limit}。",
    en="The file “{name}” has {size}; at most {limit} are taken.",
    remedy_zh="拆分或压缩后再上传。",
    remedy_en="Split it or make it smaller.",
    http=413,
)
UPLOAD_TYPE_REFUSED = define(
    "UPLOAD_TYPE_REFUSED",
    zh="文件“{name}”的内容是{found}，这里不接受。",
    en="The file “{name}” contains {found}, which is not taken here.",
    why_zh="类型按内容判断，不看文件名；能运行脚本的文件一律不收。",
    why_en="The content counts, not the name; files that can run scripts are never taken.",
    remedy_zh="改用：{accepted}。",
    remedy_en="Use one of these: {accepted}.",
    http=415,
)
UPLOAD_TYPE_MISMATCH = define(
    "UPLOAD_TYPE_MISMATCH",
    zh="文件“{name}”的扩展名与内容不符：内容是{found}。",
    en="The name of the file “{name}” does not fit its content, which is {found}.",
    remedy_zh="用正确的扩展名重新保存后上传。",
    remedy_en="Save it under the right extension and upload it again.",
    http=415,
)
UPLOAD_ARCHIVE_REFUSED = define(
    "UPLOAD_ARCHIVE_REFUSED",
    zh="文件“{name}”的压缩包结构不安全，没有打开。",
    en="The archive inside the file “{name}” is not safe and was not opened.",
    why_zh="内部条目过多、展开后过大、带路径、加密或嵌套，都可能损害系统。",
    why_en="Too many parts, too large unpacked, with paths, encrypted or nested: it could do harm.",
    remedy_zh="用表格软件重新另存一份再上传。",
    remedy_en="Save it anew with a spreadsheet program and upload that.",
)
UPLOAD_IMAGE_TOO_LARGE = define(
    "UPLOAD_IMAGE_TOO_LARGE",
    zh="图片“{name}”有 {width}×{height} 像素，最多 {limit} 万像素。",
    en="The image “{name}” has {width}×{height} pixels; more than {limit} × 10,000 are not taken.",
    remedy_zh="缩小后再上传。",
    remedy_en="Make it smaller.",
)
UPLOAD_UNSAFE = define(
    "UPLOAD_UNSAFE",
    zh="文件“{name}”被识别为有害内容，没有保存。",
    en="The file “{name}” was recognised as harmful and not kept.",
    remedy_zh="先用杀毒软件检查。",
    remedy_en="Check it with a virus scanner.",
)
FILE_LOST = define(
    "FILE_LOST",
    zh="文件“{name}”的内容已不在数据目录里。",
    en="The content of the file “{name}” is no longer in the data folder.",
    remedy_zh="联系系统管理员从备份恢复。",
    remedy_en="Ask a system administrator to restore it from a backup.",
    http=410,
)
