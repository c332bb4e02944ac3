"""What is measured of the project's speed and of what it finds; README.md here says how to run it and what came out."""
