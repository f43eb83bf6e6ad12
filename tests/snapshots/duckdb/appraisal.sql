-- Rows of orders, one for one, as the dataset version has them.
CREATE VIEW "orders#1" AS
SELECT
  "r"."order_id",
  "r"."signed_on",
  "r"."seller",
  CASE WHEN "r"."seller" IS NULL THEN 'no_data.value' END AS "seller__why",
  "r"."amount",
  CASE WHEN "r"."amount" IS NULL THEN 'no_data.value' END AS "amount__why",
  "r"."status"
FROM "data:orders" AS "r";

-- Who is measured: members of people, whether or not anything happened.
CREATE VIEW "seller_quarter#1" AS
SELECT
  "m"."person" AS "seller",
  "p"."quarter",
  "p"."period_from",
  "p"."period_until",
  "m"."person",
  "m"."department",
  CASE WHEN "m"."department" IS NULL THEN 'no_data.value' END AS "department__why"
FROM (VALUES
  ('2026-Q1', CAST('2026-01-01' AS DATE), CAST('2026-04-01' AS DATE))) AS "p"("quarter", "period_from", "period_until")
JOIN "data:people" AS "m"
  ON "m"."effective_from" IS NULL OR "m"."effective_from" < "p"."period_until"
WHERE
  (
    "m"."effective_from" IS NULL OR "m"."effective_from" < "p"."period_until"
  )
  AND (
    "m"."effective_until" IS NULL OR "m"."effective_until" > "p"."period_from"
  )
QUALIFY
  ROW_NUMBER() OVER (PARTITION BY "m"."person", "p"."quarter" ORDER BY "m"."effective_from" DESC) = 1;

-- One pass over orders for seller_quarter.
CREATE TABLE "seller_quarter#2.orders" AS
SELECT
  "r"."seller" AS "seller",
  CAST(SUM(CAST("r"."amount" AS DECIMAL(24, 6))) AS DECIMAL(24, 6)) AS "sales",
  CAST(COUNT(*) AS BIGINT) AS "deals",
  BOOL_OR(
    CAST(CASE WHEN STARTS_WITH("r"."amount__why", 'no_data.') THEN "r"."amount__why" END IS NOT NULL AS BOOLEAN)
  ) AS "__unsure"
FROM "orders#1" AS "r"
WHERE
  (
    CAST('2026-01-01' AS DATE) <= "r"."signed_on"
    AND "r"."signed_on" < CAST('2026-04-01' AS DATE)
  )
  AND "r"."status" = 'signed'
GROUP BY
  "r"."seller";

-- Why there is no data, where a sum over orders is unsure.
CREATE TABLE "seller_quarter#2.orders.why" AS
SELECT
  "r"."seller" AS "seller",
  ARG_MIN(
    CASE WHEN STARTS_WITH("r"."amount__why", 'no_data.') THEN "r"."amount__why" END,
    "r"."order_id"
  ) FILTER(WHERE
    CASE WHEN STARTS_WITH("r"."amount__why", 'no_data.') THEN "r"."amount__why" END IS NOT NULL) AS "sales__reason"
FROM "orders#1" AS "r"
WHERE
  (
    CAST('2026-01-01' AS DATE) <= "r"."signed_on"
    AND "r"."signed_on" < CAST('2026-04-01' AS DATE)
  )
  AND "r"."status" = 'signed'
  AND CASE WHEN STARTS_WITH("r"."amount__why", 'no_data.') THEN "r"."amount__why" END IS NOT NULL
GROUP BY
  "r"."seller";

-- Gathered: sales, deals. No row is zero where data covers the window.
CREATE VIEW "seller_quarter#2" AS
SELECT
  "r".*,
  CAST(CASE
    WHEN NOT (
      "w1"."sales__reason" IS NOT NULL
    )
    THEN COALESCE("g1"."sales", 0)
  END AS DECIMAL(24, 6)) AS "sales",
  CASE WHEN "w1"."sales__reason" IS NOT NULL THEN "w1"."sales__reason" END AS "sales__why",
  CAST(COALESCE("g1"."deals", 0) AS BIGINT) AS "deals"
FROM "seller_quarter#1" AS "r"
LEFT JOIN "seller_quarter#2.orders" AS "g1"
  ON "g1"."seller" = "r"."seller"
LEFT JOIN "seller_quarter#2.orders.why" AS "w1"
  ON "w1"."seller" = "r"."seller";

-- Computed: completion.
CREATE TABLE "seller_quarter#3" AS
SELECT
  "r".*,
  CAST(CAST(attain_divide_18("r"."sales", 80000) AS DECIMAL(38, 18)) AS DECIMAL(38, 18)) AS "completion",
  "r"."sales__why" AS "completion__why"
FROM "seller_quarter#2" AS "r";

-- What is compared for place.
CREATE VIEW "seller_quarter.compared#1" AS
SELECT
  "r"."seller",
  "r"."quarter",
  "r"."completion",
  "r"."completion__why"
FROM "seller_quarter#3" AS "r";

-- Among the rows of seller_quarter: place.
CREATE TABLE "seller_quarter.among#1" AS
SELECT
  "r"."seller",
  "r"."quarter",
  "r"."completion",
  "r"."completion__why",
  CAST(CASE
    WHEN "r"."__0out" IS NULL
    THEN rank() OVER (PARTITION BY "r"."__0out" IS NULL ORDER BY "r"."completion" DESC)
  END AS DECIMAL(24, 6)) AS "place",
  "r"."__0out" AS "place__why"
FROM (
  SELECT
    "r".*,
    CASE
      WHEN "r"."__0why" IS NOT NULL AND "r"."__0spoils" IS NULL
      THEN "r"."__0why"
      WHEN "r"."__0spoilt" IS NOT NULL
      THEN "r"."__0spoilt"
    END AS "__0out"
  FROM (
    SELECT
      "r".*,
      ARG_MIN("r"."__0spoils", row("r"."seller", "r"."quarter")) FILTER(WHERE
        "r"."__0spoils" IS NOT NULL) OVER () AS "__0spoilt"
    FROM (
      SELECT
        "r".*,
        CASE WHEN STARTS_WITH("r"."__0why", 'no_data.') THEN "r"."__0why" END AS "__0spoils"
      FROM (
        SELECT
          "r".*,
          "r"."completion__why" AS "__0why"
        FROM "seller_quarter.compared#1" AS "r"
      ) AS "r"
    ) AS "r"
  ) AS "r"
) AS "r";

-- Among the rows of seller_quarter: place.
CREATE VIEW "seller_quarter#4" AS
SELECT
  "r".*,
  "g"."place",
  "g"."place__why"
FROM "seller_quarter#3" AS "r"
LEFT JOIN "seller_quarter.among#1" AS "g"
  ON "g"."seller" = "r"."seller" AND "g"."quarter" = "r"."quarter";

-- Outcomes: the same shape for every plan.
CREATE VIEW "outcomes#1" AS
SELECT
  CAST(NULL AS TEXT) AS "subject_kind",
  CAST(NULL AS TEXT) AS "subject",
  CAST(NULL AS TEXT) AS "component",
  CAST(NULL AS TEXT) AS "period",
  CAST(NULL AS TEXT) AS "status",
  CAST(NULL AS DECIMAL(38, 18)) AS "value",
  CAST(NULL AS TEXT) AS "text_value",
  CAST(NULL AS TEXT) AS "unit",
  CAST(NULL AS TEXT) AS "reason"
WHERE
  FALSE;

-- Scores: the same shape for every plan.
CREATE VIEW "scores#1" AS
SELECT
  CAST(NULL AS TEXT) AS "subject",
  CAST(NULL AS TEXT) AS "period",
  CAST(NULL AS TEXT) AS "component",
  CAST(NULL AS TEXT) AS "card",
  CAST(NULL AS TEXT) AS "row",
  CAST(NULL AS TEXT) AS "parent",
  CAST(NULL AS DECIMAL(38, 18)) AS "weight",
  CAST(NULL AS DECIMAL(38, 18)) AS "score",
  CAST(NULL AS DECIMAL(38, 18)) AS "points",
  CAST(NULL AS TEXT) AS "status",
  CAST(NULL AS TEXT) AS "reason"
WHERE
  FALSE;

-- Grades: the same shape for every plan.
CREATE VIEW "grades#1" AS
SELECT
  CAST(NULL AS TEXT) AS "subject",
  CAST(NULL AS TEXT) AS "period",
  CAST(NULL AS TEXT) AS "component",
  CAST(NULL AS TEXT) AS "grade",
  CAST(NULL AS TEXT) AS "status",
  CAST(NULL AS TEXT) AS "reason"
WHERE
  FALSE;

-- Incentive lines: the same shape for every plan.
CREATE TABLE "lines#1" AS
SELECT
  CAST(NULL AS TEXT) AS "line_key",
  CAST(NULL AS TEXT) AS "participant",
  CAST(NULL AS TEXT) AS "component",
  CAST(NULL AS TEXT) AS "earned",
  CAST(NULL AS BIGINT) AS "amount_minor",
  CAST(NULL AS TEXT) AS "currency",
  CAST(NULL AS DATE) AS "pay_on"
WHERE
  FALSE;

-- must find nothing: Each key names one line.
SELECT
  "r"."line_key" AS "key"
FROM "lines#1" AS "r"
GROUP BY
  "r"."line_key"
HAVING
  COUNT(*) > 1
ORDER BY
  "key" ASC
LIMIT 1;

-- Issues: the same shape for every plan.
CREATE VIEW "issues#1" AS
SELECT
  CAST(NULL AS TEXT) AS "code",
  CAST(NULL AS TEXT) AS "name",
  CAST(NULL AS TEXT) AS "relation",
  CAST(NULL AS TEXT) AS "key",
  CAST(NULL AS TEXT) AS "subject",
  CAST(NULL AS TEXT) AS "period",
  CAST(NULL AS DECIMAL(38, 18)) AS "value"
WHERE
  FALSE;
