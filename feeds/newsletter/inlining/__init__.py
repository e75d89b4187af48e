"""Style sheets into `style` attributes."""
