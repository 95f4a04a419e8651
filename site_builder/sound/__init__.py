"""How names are read aloud: their pinyin, and the letter they are filed under."""
