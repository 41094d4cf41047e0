"""What bin/ runs. Only the standard library: these modules make the environment that everything else needs."""
