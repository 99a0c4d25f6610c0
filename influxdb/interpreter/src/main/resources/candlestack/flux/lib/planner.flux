// Options of the official planner; the answers do not depend on them.
package planner

option disableLogicalRules = [""]
option disablePhysicalRules = [""]
