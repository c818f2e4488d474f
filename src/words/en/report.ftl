### What `report` says.

report-not-written = the report { $path } cannot be written: { $why }
report-output-not-written = the report cannot be written to the output: { $why }
