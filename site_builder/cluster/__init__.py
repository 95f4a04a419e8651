"""Jobs on several machines, or on several processes of this one: a Dask cluster whose machines share the output folder.

Dask is told which job is to be done and hears that it was: a folder and a number, and nothing of a record. Context,
jobs and results lie in the work folder of the build (mode 0700, gone at its end), where the worker reads the one and
leaves the other. So nothing withheld is in Dask's memory, logs, dashboard or spill, and a worker that comes late, or
again, finds all it needs. A job whose worker died is done again elsewhere (``attempts``); a result that lies there
already is not made twice.
"""
