"""The people of the agency: members, roles, what each works on, invitations.

`member_actor` turns a member into the Actor that every action is given.
"""
