/// Whether two numbers agree to a relative error, or absolutely near 0.
func agree(_ left: Double, _ right: Double, relative: Double, absolute: Double = 1e-12) -> Bool {
  (left - right).magnitude <= max(absolute, relative * right.magnitude)
}
