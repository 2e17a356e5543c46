"""The evaluation report: how far the classifier can be trusted, what changed, what to look at next.

    labels + model --splits, systems--> answers --metrics, uncertainty, compare, audit, layers--> results
    results --render--> report.html, report.md, results.json, samples.jsonl, junit.xml

Run it with ``python -m eval``. It uses the package ``classifier`` and is never used by it.
"""
