### What the command line says of a check, and of limits, times and places in general.

cli-days = { $days } 天
cli-clock-tomorrow = 明天 { $time }
cli-clock-day = { $day } { $time }
cli-time-and-clock = { $time }（{ $clock }）

# A finding on one line: what is wrong, then where.
cli-check-warning = { $label }：{ $what }
cli-check-at = { $what }（{ $place }）
cli-check-in-rows-too = { $what }，共 { $rows } 行

# Between the errors and the warnings.
cli-check-warnings-begin = ──── 以下是警告（不妨碍发送）────
cli-check-more = …… 同类问题还有 { $problems } 个
cli-check-more-in-file = …… 同类问题还有 { $problems } 个，全部列在：{ $file }

cli-check-in-row = （第 { $row } 行）
cli-check-in-rows = （共 { $rows } 行）
cli-check-in-rows-first = （共 { $rows } 行：{ $first }……）
cli-check-in-rows-all = （共 { $rows } 行：{ $all }）

cli-check-errors = { $errors } 个错误
cli-check-warnings = { $warnings } 个警告
cli-check-errors-and-warnings = { $errors } 个错误，{ $warnings } 个警告
# No row was looked at.
cli-check-refused = { $found }。没有发送任何邮件。
cli-check-failed = 检查了 { $rows } 行：{ $found }。没有发送任何邮件。
# $parts: the messages, then what was skipped.
cli-check-passed = 检查了 { $rows } 行：{ $parts }。
cli-check-messages = { $messages } 封邮件（共 { $size }）
cli-check-below = 跳过表格下方 { $rows } 行
cli-check-left-out = 按条件排除 { $rows } 行（where、_skip）
cli-check-invalid = 跳过无效的 { $rows } 行
cli-check-duplicates = 跳过重复的 { $rows } 行
cli-check-suppressed = 跳过退订名单中的收件人 { $rows } 位

cli-check-attached = `_attach` 列给 { $messages } 封邮件添加了 { $files } 个附件。
cli-check-copied = `_cc` 列给 { $messages } 封邮件添加了抄送。
cli-check-copies = 另外还要发出 { $copies } 份抄送和密送（Cc、Bcc）。
cli-check-copied-all = 每封邮件还会密送（Bcc）给 { $addresses }。
cli-check-many-copies = { $messages } 封邮件各有 { $many } 份或更多抄送，最多的有 { $most } 份。

cli-check-takes = 通过 { $relays } 发送约需 { $time }。
