"""Papers that leave the house: official letters as .docx, and statements of money as .xlsx and PDF from one set of lines."""
