"""Pages for people: HTML made on the server, in Chinese. Every page goes through the same door as the API."""
