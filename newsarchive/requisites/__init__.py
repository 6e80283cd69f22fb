"""What a browser needs beside a page to show it as it was: stylesheets, images, fonts. Captured, and never read as pages."""
