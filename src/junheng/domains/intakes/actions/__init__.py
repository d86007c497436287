"""What the office does about a plan: begin it, fill it, publish it, revise it."""
