"""What people come to Parvis for, from beginning to end, in a real Chromium, with real mail between them."""
