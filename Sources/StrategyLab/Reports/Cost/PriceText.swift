/// Prices as scenario files write them.
public enum PriceText {
  /// A price for an hour: `$0.0312471/h`, to seven digits after the point.
  public static func perHour(_ dollars: Double) -> String {
    "$\(NumberText.trimmed(dollars, decimals: 7, groupsThousands: false))/h"
  }
}
