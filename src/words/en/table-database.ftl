### What `table` says of databases.

table-not-a-database = this is not an SQLite database, or it is encrypted
table-export-as-csv = export the table as CSV with the program that made it
table-database-changed = another program changed the database while it was being read
table-database-locked = another program is writing to the database and has locked it
table-database-locked-help = close that program, or wait until it has finished, and run the same command again
table-database-damaged = the database is damaged ({ $own })
table-database-damaged-help = restore a copy from a backup, or try: sqlite3 "{ $file }" .recover
table-database-unreadable = the database cannot be read ({ $own })
table-database-failed = the database cannot be read: { $why }
table-database-unreadable-help = another program may have stopped in the middle of a change: open the database once with that program, or with sqlite3
table-value-not-utf-8 = this text is not UTF-8
table-value-not-utf-8-help = enter the value again in the database
table-value-blob =
    { $octets ->
        [one] this value is binary ({ $octets } byte), not text
       *[other] this value is binary ({ $octets } bytes), not text
    }
table-value-blob-help = remove the column from the query, or convert it: cast(… as text)

## Tables.

table-database-empty = the database has no tables
table-database-empty-help = check whether this is the right file
table-no-such-table = the database has no such table
table-several-tables = the database has { $tables } tables: write a query that selects what to read
table-table-columns = { $table }: { $columns }
table-more-tables = … and { $more } more
table-write-query = write query = 'select * from { $table }' below [recipients], or use --query 'select * from { $table }'

## Queries.

table-query-writes = the query does more than read
table-query-writes-help = a database is never changed: write one select
table-query-parameters = the query has parameters (?, :name), which have no values here
table-query-parameters-help = write the value itself, and a text in single quotes: where name = 'Ada'
table-query-column-name = a column of the database has a name that is not UTF-8
table-query-column-name-help = rename it in the database: alter table … rename column … to …
table-query-no-table = the query reads a table that does not exist: { $table }
table-query-no-column = the query names a column that does not exist: { $column }
table-query-syntax = the query has a syntax error at `{ $near }`
table-query-not-understood = the query is not valid ({ $own })
table-query-several = the query contains several statements, and only one is allowed
table-query-several-help = remove what follows the first semicolon
table-query-empty = the query is empty
table-query-empty-help = write for example: query = "select email, name from people"
table-query-too-big = the query returns a value or a row of more than { $most } MiB
table-query-too-big-help = remove that column from the query, or take a part of it: substr(…, 1, 1000)
table-query-endless = the query returned no row for { $time } and was stopped
table-query-endless-help = check whether a view or a recursive query never ends; if it does end, store its result in a table and read that
table-query-failed = the query failed ({ $own })
