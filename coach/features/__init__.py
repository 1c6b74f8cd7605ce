"""What the coach does beyond its engine, a package per feature; `registry` names them all."""
