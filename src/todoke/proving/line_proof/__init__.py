"""LINE proof: posts go out once each under killed workers, and nothing personal leaves."""
