"""Template expressions of site generators and writing platforms: what each stands for; none is ever evaluated."""
