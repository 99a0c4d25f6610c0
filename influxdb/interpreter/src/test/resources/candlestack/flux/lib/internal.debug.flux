// Stands in for the package by which the corpus steers the official planner: here, all of it is the identity.
package debug

_none = {}

pass = (tables=<-) => tables
opaque = (tables=<-) => tables
slurp = (tables=<-) => tables
sink = (tables=<-) => tables |> filter(fn: (r) => false)
null = (type="string") => if type == "int" then int(v: _none.x)
    else if type == "uint" then uint(v: _none.x)
    else if type == "float" then float(v: _none.x)
    else if type == "bool" then bool(v: _none.x)
    else if type == "time" then time(v: _none.x)
    else if type == "duration" then duration(v: _none.x)
    else string(v: _none.x)
feature = (key) => false
option vectorize = false
