"""The process workshop: processes as the table officers know, drawn, edited, proved, tried and published."""
