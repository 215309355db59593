"""The slips of the one-stop office, as PDF: forms 01, 02, 03, 06 and 07 of Thông tư 03/2025/TT-VPCP, Phụ lục I.

A template's version stands in its file name. Once a slip has been issued from a version, that file is not edited:
a change is a new file with the next number, so that an old slip can be made again as it was.

The Thông tư's own layout was not at hand: the fields follow the forms in use in provinces, the sheet follows Nghị định
30/2020/NĐ-CP. Compare with the printed Phụ lục before the first slip is issued for real.
"""
