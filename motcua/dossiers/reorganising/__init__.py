"""What a reorganisation moves of dossiers: which open work follows its unit, how much there is, what would be left alone."""
