### What `table` says of databases.

table-not-a-database = 这不是 SQLite 数据库，或者已加密
table-export-as-csv = 请用创建它的程序把表导出为 CSV
table-database-changed = 读取期间，另一个程序改动了数据库
table-database-locked = 另一个程序正在写入数据库，并将其锁定
table-database-locked-help = 请关闭该程序或等它完成，然后再次运行同一命令
table-database-damaged = 数据库已损坏（{ $own }）
table-database-damaged-help = 请从备份恢复，或尝试：sqlite3 "{ $file }" .recover
table-database-unreadable = 无法读取数据库（{ $own }）
table-database-failed = 无法读取数据库：{ $why }
table-database-unreadable-help = 可能有程序在改动途中停止：请用该程序或 sqlite3 打开一次数据库
table-value-not-utf-8 = 这段文本不是 UTF-8
table-value-not-utf-8-help = 请在数据库中重新输入该值
table-value-blob = 这个值是二进制数据（{ $octets } 字节），不是文本
table-value-blob-help = 请从查询中去掉该列，或进行转换：cast(… as text)

## Tables.

table-database-empty = 数据库中没有表
table-database-empty-help = 请检查文件是否正确
table-no-such-table = 数据库中没有这个表
table-several-tables = 数据库中有 { $tables } 个表：请写查询来选择要读取的内容
table-table-columns = { $table }：{ $columns }
table-more-tables = ……另有 { $more } 个
table-write-query = 请在 [recipients] 下写 query = 'select * from { $table }'，或在命令行加 --query 'select * from { $table }'

## Queries.

table-query-writes = 查询不只是读取
table-query-writes-help = 数据库绝不会被改动：请只写一条 select
table-query-parameters = 查询中有参数（?、:name），这里没有它们的值
table-query-parameters-help = 请直接写值，文本加单引号：where name = 'Ada'
table-query-column-name = 数据库中有一列的名称不是 UTF-8
table-query-column-name-help = 请在数据库中给它改名：alter table … rename column … to …
table-query-no-table = 查询读取的表不存在：{ $table }
table-query-no-column = 查询中的列不存在：{ $column }
table-query-syntax = 查询在 `{ $near }` 处有语法错误
table-query-not-understood = 查询无效（{ $own }）
table-query-several = 查询中有多条语句，只允许一条
table-query-several-help = 请删除第一个分号后面的内容
table-query-empty = 查询是空的
table-query-empty-help = 可以这样写：query = "select email, name from people"
table-query-too-big = 查询返回的某个值或某一行超过 { $most } MiB
table-query-too-big-help = 请从查询中去掉该列，或只取一部分：substr(…, 1, 1000)
table-query-endless = 查询在 { $time }内没有返回任何行，已停止
table-query-endless-help = 请检查视图或递归查询是否没有终点；如果有终点，请把结果存入一个表再读取
table-query-failed = 查询失败（{ $own }）
