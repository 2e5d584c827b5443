"""What does the work of a build, and the seam between both: in this process, in others, or in a cluster."""
