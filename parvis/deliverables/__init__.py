"""Work shown for approval: deliverables, versions, remarks, decisions.

Only a formal decision counts as approval (A-16); it names the version it was made on.
"""
