-- region best
SELECT model, MIN(loss) AS best
FROM runs
WHERE epoch > 3  -- the first ones are noise
GROUP BY model;
-- endregion best
