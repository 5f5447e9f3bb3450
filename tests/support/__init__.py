"""What tests share: readers of cases, and fakes for the four ports."""
