"""What is the team's, or another client's, is looked for in everything a contact can receive."""
