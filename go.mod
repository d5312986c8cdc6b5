module analysis

go 1.26
