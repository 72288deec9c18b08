import { ChoiceField, TextField } from './fields.tsx';

const usual = [
  { value: '* * * * *', label: 'Every minute' },
  { value: '*/15 * * * *', label: 'Every 15 minutes' },
  { value: '0 * * * *', label: 'Every hour' },
  { value: '0 2 * * *', label: 'Every day at 02:00' },
  { value: '0 6 * * 1-5', label: 'On weekdays at 06:00' },
  { value: '0 0 1 * *', label: 'On the first of every month' },
];

/** The times of a schedule, as a cron expression. */
export const CronField = ({
  value,
  fault,
  onChange,
}: {
  value: string;
  fault: string | null;
  onChange(value: string): void;
}) => (
  <div className="form-pair">
    <ChoiceField
      label="Often used"
      value={usual.some((each) => each.value === value) ? value : ''}
      options={[...usual, { value: '', label: 'As written' }]}
      onChange={(chosen) => chosen !== '' && onChange(chosen)}
    />
    <TextField
      label="Times"
      value={value}
      isMono
      fault={fault}
      help="Minute, hour, day, month, day of the week. This version keeps schedules and does not run them yet."
      onChange={onChange}
    />
  </div>
);
