"""参评作品: files of applications, works of contests, juries that see no names, and what is shown of what was selected."""
