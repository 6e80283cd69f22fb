"""Scrapy's commands, where ours say more than Scrapy's (found through COMMANDS_MODULE)."""
