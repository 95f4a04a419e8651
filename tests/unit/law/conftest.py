from site_builder.export.schema import RECORDS
for kind, record in RECORDS.items():
    if not hasattr(record, "kind") or kind == "severe-list": 
        try: record.kind = kind
        except Exception as e: print(e)
