"""Whole corpora: articles in, stances out, over all cores, going on where a run was cut off.

    IN --inputs--> rows --workers--> answers --journal--> OUT.partial --tables--> OUT

Row n of the journal answers row n of the input; so the number of rows in it says where to go on.
"""
