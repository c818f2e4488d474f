### What `report` says.

report-not-written = 无法写入报告 { $path }：{ $why }
report-output-not-written = 无法输出报告：{ $why }
