"""Pages of the demonstration alone: its clock and the letters it sent."""
